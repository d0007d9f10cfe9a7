package dev.daybook.tools.verify;

/** Is told now and then how far a verification has come. */
@FunctionalInterface
public interface VerifyListener {
    /** @param what is being read */
    void progress(String what, long bytes, long bytesTotal);
}
