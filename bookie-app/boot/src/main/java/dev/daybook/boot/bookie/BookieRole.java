package dev.daybook.boot.bookie;

import dev.daybook.boot.role.ReadyLine;
import dev.daybook.boot.role.RoleRefused;
import dev.daybook.server.BookieExit;
import dev.daybook.server.BookieServer;
import dev.daybook.server.ExitCode;
import java.util.List;
import org.springframework.context.ConfigurableApplicationContext;

/** A bookie in the foreground. */
public final class BookieRole {
    private BookieRole() {}

    /**
     * Starts a bookie, says so and waits for its end.
     *
     * @param arguments of Spring Boot, {@code --name=value}
     * @return the exit code
     */
    public static int run(List<String> arguments) {
        ConfigurableApplicationContext context = BookieApplication.start(arguments);
        BookieLifecycle lifecycle = context.getBean(BookieLifecycle.class);
        BookieServer server = lifecycle.server().orElseThrow();
        ReadyLine ready = new ReadyLine("bookie").with("id", server.id()).with("port", server.port());
        String http = context.getEnvironment().getProperty("local.server.port");
        if (http != null) {
            ready.with("http", http);
        }
        ready.print();
        BookieExit exit = lifecycle.ended().toCompletableFuture().join();
        if (exit.code() == ExitCode.OK) {
            return 0;
        }
        context.close();
        throw new RoleRefused(exit.code().code(), exit.sentence());
    }
}
