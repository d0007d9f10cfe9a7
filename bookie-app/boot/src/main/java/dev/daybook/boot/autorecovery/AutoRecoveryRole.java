package dev.daybook.boot.autorecovery;

import dev.daybook.boot.role.ReadyLine;
import dev.daybook.boot.role.StopSignal;
import java.util.List;
import org.springframework.context.ConfigurableApplicationContext;

/** Auto-recovery in the foreground. */
public final class AutoRecoveryRole {
    private AutoRecoveryRole() {}

    /**
     * Starts it, says so and works until the process is told to stop; Spring's shutdown hook ends it cleanly then.
     *
     * @param arguments of Spring Boot, {@code --name=value}
     */
    public static int run(List<String> arguments) throws InterruptedException {
        ConfigurableApplicationContext context = AutoRecoveryApplication.start(arguments);
        ReadyLine ready = new ReadyLine("autorecovery");
        String http = context.getEnvironment().getProperty("local.server.port");
        if (http != null) {
            ready.with("http", http);
        }
        ready.print();
        StopSignal.await();
        return 0;
    }
}
