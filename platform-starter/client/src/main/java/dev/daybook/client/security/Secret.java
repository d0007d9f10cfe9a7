package dev.daybook.client.security;

/** A text that never shows. */
public final class Secret {
    private final char[] characters;

    private Secret(char[] characters) {
        this.characters = characters;
    }

    public static Secret of(String text) {
        return new Secret(text.toCharArray());
    }

    /** A copy. */
    public char[] characters() {
        return characters.clone();
    }

    @Override
    public String toString() {
        return "Secret(hidden)";
    }
}
