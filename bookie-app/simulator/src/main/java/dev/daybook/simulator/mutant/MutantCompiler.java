package dev.daybook.simulator.mutant;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Changes sources and compiles them in memory. Nothing is written anywhere. */
final class MutantCompiler {
    private final Path root;
    private final String classPath;

    /** @param root of the source tree */
    MutantCompiler(Path root, String classPath) {
        this.root = root;
        this.classPath = classPath;
    }

    /** The sources as the mutant has them, by file. */
    Map<String, String> sources(Mutant mutant) throws IOException {
        Map<String, String> sources = new HashMap<>();
        for (Mutant.Change change : mutant.changes()) {
            String source = sources.get(change.file());
            if (source == null) {
                source = Files.readString(root.resolve(change.file()));
            }
            sources.put(change.file(), change.applyTo(source));
        }
        return sources;
    }

    /** The classes of the changed files, by name. */
    Map<String, byte[]> compile(Mutant mutant) throws IOException {
        List<JavaFileObject> units = new ArrayList<>();
        sources(mutant).forEach((file, text) -> units.add(new Source(file, text)));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();
        Map<String, ByteArrayOutputStream> compiled = new HashMap<>();
        try (JavaFileManager files = new InMemory(compiler.getStandardFileManager(null, null, null), compiled)) {
            List<String> options = List.of("-cp", classPath, "--release", "17", "-proc:none", "-nowarn");
            boolean good = compiler.getTask(complaints, files, null, options, null, units)
                    .call();
            if (!good) {
                throw new IllegalStateException("mutant " + mutant.id() + " does not compile: " + complaints);
            }
        }
        Map<String, byte[]> classes = new HashMap<>();
        compiled.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
        return classes;
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String file, String text) {
            super(URI.create("string:///" + file), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> compiled;

        InMemory(JavaFileManager manager, Map<String, ByteArrayOutputStream> compiled) {
            super(manager);
            this.compiled = compiled;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            URI uri = URI.create("memory:///" + className.replace('.', '/') + kind.extension);
            return new SimpleJavaFileObject(uri, kind) {
                @Override
                public OutputStream openOutputStream() {
                    return compiled.computeIfAbsent(className, name -> new ByteArrayOutputStream());
                }
            };
        }
    }
}
