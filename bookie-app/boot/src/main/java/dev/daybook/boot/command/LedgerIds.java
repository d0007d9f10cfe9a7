package dev.daybook.boot.command;

import dev.daybook.protocol.model.LedgerId;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Ledger ids on the command line. */
final class LedgerIds implements ITypeConverter<LedgerId> {
    @Override
    public LedgerId convert(String text) {
        try {
            return LedgerId.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
