package dev.daybook.console.web;

import dev.daybook.console.view.Mark;
import dev.daybook.console.view.When;
import org.jspecify.annotations.Nullable;

/**
 * What frames every page behind the login.
 *
 * @param cluster where its metadata are
 * @param problem why the metadata service cannot be asked, empty if it can
 * @param takenAt when the console last looked
 * @param overdue true if it should have looked again since
 * @param knownAt when what is known of bookies was true; null if nothing ever was known
 */
record Chrome(
        String cluster,
        String user,
        Mark verdict,
        String problem,
        When takenAt,
        boolean overdue,
        @Nullable When knownAt) {}
