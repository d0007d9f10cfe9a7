package dev.daybook.boot.command;

import dev.daybook.protocol.model.BookieId;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Bookie ids on the command line. */
final class BookieIds implements ITypeConverter<BookieId> {
    /** Of a parameter before the command line was read. */
    static final BookieId UNSET = new BookieId("unset");

    @Override
    public BookieId convert(String text) {
        try {
            return new BookieId(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
