package dev.daybook.boot.role;

/** The one line on standard output that says a role serves; scripts wait for it. */
public final class ReadyLine {
    private final StringBuilder line;

    /** @param role as on the command line */
    public ReadyLine(String role) {
        this.line = new StringBuilder("daybook ").append(role).append(" ready");
    }

    public ReadyLine with(String name, Object value) {
        line.append(' ').append(name).append('=').append(value);
        return this;
    }

    public void print() {
        System.out.println(line);
        System.out.flush();
    }
}
