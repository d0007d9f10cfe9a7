package dev.daybook.server.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {
    @TempDir
    Path folder;

    @Test
    void onlyOneHoldsAFolderAndTheNextMayHaveItAfterwards() throws IOException {
        FolderLock first = FolderLock.tryLock(folder).orElseThrow();
        assertThat(FolderLock.tryLock(folder)).isEmpty();
        first.close();
        try (FolderLock second = FolderLock.tryLock(folder).orElseThrow()) {
            assertThat(second).isNotNull();
        }
    }
}
