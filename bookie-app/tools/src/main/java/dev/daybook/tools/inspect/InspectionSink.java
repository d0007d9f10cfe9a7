package dev.daybook.tools.inspect;

import java.util.Map;

/** Takes what an inspection finds. Values are numbers, texts, truth values or lists of them, in the order to show. */
public interface InspectionSink {
    /** About a file or a folder. */
    void summary(Map<String, Object> facts);

    /** About one record, row or ledger. */
    void record(Map<String, Object> facts);

    /** One sentence. */
    void damage(String sentence);
}
