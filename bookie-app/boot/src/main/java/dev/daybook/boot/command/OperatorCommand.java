package dev.daybook.boot.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that looks at a running cluster or changes it, for a person or for a program. */
abstract class OperatorCommand implements Callable<Integer> {
    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    OutputOptions output = new OutputOptions();
}
