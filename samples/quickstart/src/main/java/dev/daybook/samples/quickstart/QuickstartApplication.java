package dev.daybook.samples.quickstart;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The starter is the only dependency that talks to the cluster; {@link Quickstart} does the work. */
@SpringBootApplication
public class QuickstartApplication {
    public static void main(String[] args) {
        System.exit(SpringApplication.exit(SpringApplication.run(QuickstartApplication.class, args)));
    }
}
