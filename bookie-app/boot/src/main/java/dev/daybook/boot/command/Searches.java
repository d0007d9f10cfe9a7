package dev.daybook.boot.command;

import dev.daybook.boot.facts.SearchNames;
import dev.daybook.core.audit.Search;
import java.util.ArrayList;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The auditor's searches by name. */
final class Searches implements ITypeConverter<Search> {
    @Override
    public Search convert(String name) {
        return SearchNames.find(name)
                .orElseThrow(() -> new TypeConversionException(
                        "there is no search \"" + name + "\": choose one of " + String.join(", ", SearchNames.all())));
    }

    /** For the completion of commands. */
    static final class Names extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Names() {
            super(SearchNames.all());
        }
    }
}
