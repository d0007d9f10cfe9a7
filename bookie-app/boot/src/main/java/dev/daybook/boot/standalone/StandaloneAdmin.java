package dev.daybook.boot.standalone;

import dev.daybook.boot.admin.AdminApi;
import dev.daybook.boot.admin.AdminToken;
import dev.daybook.boot.admin.OperatorClient;
import dev.daybook.boot.admin.RunningBookie;
import dev.daybook.boot.role.ServerApplication;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The HTTP API of operators for a cluster in one process. Where a path is about one bookie, the first one answers.
 */
@ServerApplication
@Import(AdminApi.class)
public class StandaloneAdmin {
    /**
     * Returns when it serves.
     *
     * @param port 0 lets the operating system choose
     * @param tokenFile made with a random token if it is missing
     */
    static ConfigurableApplicationContext start(
            String host, int port, Path tokenFile, RunningBookie bookie, Supplier<OperatorClient> client) {
        return new SpringApplicationBuilder(StandaloneAdmin.class)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .properties(Map.of(
                        "spring.config.name", "daybook-standalone",
                        "spring.application.name", "daybook-standalone",
                        "management.endpoints.web.exposure.include", "health,prometheus",
                        "spring.mvc.problemdetails.enabled", "true"))
                .initializers(context -> {
                    GenericApplicationContext beans = (GenericApplicationContext) context;
                    beans.registerBean(RunningBookie.class, () -> bookie);
                    beans.registerBean(OperatorClient.class, client);
                    beans.registerBean(
                            AdminToken.class,
                            () -> new AdminToken(
                                    Optional.of(tokenFile),
                                    true,
                                    "the file " + AdminToken.FILE_NAME + " of --data-dir"));
                })
                .build()
                .run("--server.address=" + host, "--server.port=" + port);
    }
}
