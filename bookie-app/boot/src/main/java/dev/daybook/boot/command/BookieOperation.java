package dev.daybook.boot.command;

import dev.daybook.protocol.model.BookieId;
import picocli.CommandLine.Parameters;

/** A command about one bookie. */
abstract class BookieOperation extends OperatorCommand {
    @Parameters(paramLabel = "BOOKIE", converter = BookieIds.class, description = "Id of the bookie.")
    BookieId bookie = BookieIds.UNSET;
}
