package dev.daybook.boot.command;

import org.springframework.util.unit.DataSize;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Numbers of bytes on the command line, as in properties: 1000, 64KB, 50MB. */
final class Sizes implements ITypeConverter<DataSize> {
    @Override
    public DataSize convert(String text) {
        try {
            return DataSize.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + text + "' is no size: write it like 64KB or 50MB");
        }
    }
}
