package dev.daybook.console.usage;

import dev.daybook.client.admin.BookieUsage;
import dev.daybook.protocol.model.BookieEndpoint;
import dev.daybook.protocol.model.BookieId;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks bookies for {@link BookieUsage} at {@link BookieUsage#PATH}. Follows no redirect, sends no credentials, reads a
 * bounded body within a bounded time: the address comes from the metadata service, where any bookie may write one.
 * Thread-safe.
 */
public final class UsageReader {
    /** A thousand listed entry logs are about 150 kB; beyond this it is not a usage. */
    private static final int BODY_BYTES_MAX = 2 * 1024 * 1024;

    private final Duration timeout;
    private final HttpClient http;

    public UsageReader(Duration timeout) {
        this.timeout = timeout;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .build();
    }

    /** Completes normally, always, and no later than the time limit. */
    public CompletableFuture<UsageAnswer> read(BookieId bookie, BookieEndpoint endpoint) {
        URI uri;
        try {
            uri = new URI("http", null, endpoint.host(), endpoint.port(), BookieUsage.PATH, null, null);
        } catch (URISyntaxException e) {
            return failed("The bookie's HTTP endpoint names no valid host.");
        }
        if (uri.getHost() == null || endpoint.port() < 1 || endpoint.port() > 65_535) {
            return failed("The bookie's HTTP endpoint names no valid host and port.");
        }
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(timeout)
                .header("Accept", "application/json")
                .build();
        CompletableFuture<HttpResponse<byte[]>> exchange =
                http.sendAsync(request, response -> new BoundedBody(BODY_BYTES_MAX));
        return exchange.copy()
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .handle((response, failure) -> {
                    if (failure != null) {
                        exchange.cancel(true);
                        return new UsageAnswer.Failed(sentence(uri, failure));
                    }
                    return answer(bookie, uri, response);
                });
    }

    private static CompletableFuture<UsageAnswer> failed(String sentence) {
        return CompletableFuture.completedFuture(new UsageAnswer.Failed(sentence));
    }

    private static UsageAnswer answer(BookieId bookie, URI uri, HttpResponse<byte[]> response) {
        if (response.statusCode() != 200) {
            return new UsageAnswer.Failed(uri + " answered with HTTP status " + response.statusCode() + ".");
        }
        return UsageParser.parse(response.body())
                .<UsageAnswer>map(usage -> usage.bookie().equals(bookie)
                        ? new UsageAnswer.Told(usage)
                        : new UsageAnswer.Failed("At " + uri + " another bookie answers: " + usage.bookie() + "."))
                .orElseGet(() -> new UsageAnswer.Failed(uri + " answered with something that is not a usage."));
    }

    private String sentence(URI uri, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof TimeoutException || cause instanceof java.net.http.HttpTimeoutException) {
            return uri + " did not answer within " + timeout.toMillis() + " ms.";
        }
        if (cause instanceof BoundedBody.TooLong) {
            return uri + " answered with more than " + BODY_BYTES_MAX + " bytes.";
        }
        return uri + " cannot be reached.";
    }
}
