package dev.daybook.boot.admin;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** What this process was told, at the reference's paths. Source: admin surface, section 1.2. */
@RestController
class ReferenceSettings {
    private static final String PREFIX = "daybook.";
    private static final String HIDDEN = "********";

    private final ConfigurableEnvironment environment;

    ReferenceSettings(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    @Summary("Settings that were given explicitly, without secrets.")
    @GetMapping("/api/v1/config/server_config")
    ResponseEntity<String> settings() {
        Map<String, String> given = new TreeMap<>();
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> listed) {
                for (String name : listed.getPropertyNames()) {
                    if (name.startsWith(PREFIX)) {
                        given.computeIfAbsent(name, this::shown);
                    }
                }
            }
        }
        return PlainAnswer.json(given);
    }

    /** Names of files are told, what stands in them is not; nor is a password within a URI. */
    private String shown(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        boolean secret = !lower.endsWith("-file") && (lower.contains("password") || lower.endsWith("token"));
        return secret ? HIDDEN : environment.getProperty(name, "").replaceAll("//[^/@]*@", "//" + HIDDEN + "@");
    }

    @Summary("Whether ledger folders may be added; they are given at the next start, so nothing is changed here.")
    @PutMapping("/api/v1/bookie/expand_storage")
    ResponseEntity<String> expandStorage() {
        boolean allowed = environment.getProperty("daybook.bookie.allow-storage-expansion", Boolean.class, false);
        return allowed
                ? PlainAnswer.text(200, "Success expand storage")
                : PlainAnswer.text(
                        500,
                        "Folders may not be added: start the bookie with daybook.bookie.allow-storage-expansion=true"
                                + " and the new folders in daybook.bookie.ledger-dirs.");
    }
}
