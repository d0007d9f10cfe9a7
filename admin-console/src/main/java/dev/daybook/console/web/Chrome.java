package dev.daybook.console.web;

import dev.daybook.console.view.Mark;
import dev.daybook.console.view.When;

/**
 * What frames every page behind the login.
 *
 * @param cluster where its metadata are
 * @param problem why the metadata service cannot be asked, empty if it can
 * @param takenAt when the console last looked
 * @param overdue true if it should have looked again since
 */
record Chrome(String cluster, String user, Mark verdict, String problem, When takenAt, boolean overdue) {}
