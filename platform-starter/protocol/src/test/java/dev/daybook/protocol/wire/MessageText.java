package dev.daybook.protocol.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Values as text that is equal for equal contents, which records with arrays and buffers are not. */
final class MessageText {
    private MessageText() {}

    static String of(Object value) {
        if (value instanceof ByteBuf buffer) {
            return ByteBufUtil.hexDump(buffer);
        }
        if (value instanceof byte[] bytes) {
            return ByteBufUtil.hexDump(bytes);
        }
        if (value instanceof Optional<?> optional) {
            return optional.map(MessageText::of).orElse("-");
        }
        if (value instanceof List<?> list) {
            return list.stream().map(MessageText::of).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Record) {
            return record(value);
        }
        return value.toString();
    }

    private static String record(Object value) {
        StringBuilder text = new StringBuilder(value.getClass().getSimpleName()).append('(');
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            try {
                text.append(component.getName())
                        .append('=')
                        .append(of(component.getAccessor().invoke(value)))
                        .append(' ');
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return text.append(')').toString();
    }
}
