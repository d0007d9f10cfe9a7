package dev.daybook.boot.role;

/** Which version of this program runs. */
public final class SoftwareVersion {
    private SoftwareVersion() {}

    /** From the manifest of the jar; {@code development} where classes run without one. */
    public static String text() {
        String version = SoftwareVersion.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
