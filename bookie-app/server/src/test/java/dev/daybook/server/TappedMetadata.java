package dev.daybook.server;

import dev.daybook.client.meta.BookieRegistry;
import dev.daybook.client.meta.MetadataStore;
import dev.daybook.protocol.model.BookieEndpoint;
import dev.daybook.protocol.model.BookieId;
import dev.daybook.protocol.model.BookieServiceInfo;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/** A bookie's way to the metadata service that tells others another port than its own. */
final class TappedMetadata {
    private TappedMetadata() {}

    static MetadataStore of(MetadataStore store, int port) {
        return forwarding(MetadataStore.class, (method, arguments) -> {
            Object answer = method.invoke(store, arguments);
            return answer instanceof BookieRegistry registry ? registering(registry, port) : answer;
        });
    }

    private static BookieRegistry registering(BookieRegistry registry, int port) {
        return forwarding(BookieRegistry.class, (method, arguments) -> {
            if (method.getName().equals("register")) {
                return registry.register(
                        (BookieId) arguments[0],
                        (Boolean) arguments[1],
                        withPort((BookieServiceInfo) arguments[2], port));
            }
            return method.invoke(registry, arguments);
        });
    }

    private static BookieServiceInfo withPort(BookieServiceInfo service, int port) {
        List<BookieEndpoint> endpoints = new ArrayList<>();
        for (BookieEndpoint endpoint : service.endpoints()) {
            endpoints.add(new BookieEndpoint(
                    endpoint.id(), endpoint.host(), port, endpoint.protocol(), endpoint.auth(), endpoint.extensions()));
        }
        return new BookieServiceInfo(endpoints, service.properties());
    }

    private interface Call {
        Object make(java.lang.reflect.Method method, Object[] arguments) throws ReflectiveOperationException;
    }

    private static <T> T forwarding(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return call.make(method, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    }
                }));
    }
}
