package dev.daybook.client.meta.zookeeper;

import dev.daybook.client.meta.session.Stages;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Visits the leaves below a directory in ascending order, one directory at a time. It holds the names of one directory
 * for each level and no more, however many leaves there are. A directory that has vanished
 * counts as empty; any other trouble fails the walk, because a leaf that is missing from a listing looks deleted.
 */
final class TreeWalk {
    /** Decides where the walk goes. */
    interface Visitor {
        /** Levels of directories above the leaves. */
        int depth();

        /** Whether to look into a directory; level 0 is directly below the start. */
        boolean enters(int level, String path);

        /** Takes a child of the deepest directories; returns false when enough is found. */
        boolean takes(String path);
    }

    /** Tells the names of a directory's children in ascending order, none if there is no such directory. */
    interface Directories {
        CompletableFuture<List<String>> children(String path);
    }

    private record Directory(String path, int level) {}

    private final Directories directories;
    private final Visitor visitor;
    private final Deque<Directory> pending = new ArrayDeque<>();
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    private TreeWalk(Directories directories, Visitor visitor) {
        this.directories = directories;
        this.visitor = visitor;
    }

    static CompletableFuture<Void> over(Directories directories, String start, Visitor visitor) {
        TreeWalk walk = new TreeWalk(directories, visitor);
        walk.pending.push(new Directory(start, 0));
        walk.step();
        return walk.done;
    }

    private void step() {
        Directory directory = pending.poll();
        if (directory == null) {
            done.complete(null);
            return;
        }
        Stages.observe(directories.children(directory.path()), (names, failure) -> {
            try {
                if (failure != null) {
                    done.completeExceptionally(failure);
                } else if (visit(directory, names)) {
                    step();
                } else {
                    done.complete(null);
                }
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
    }

    private boolean visit(Directory directory, List<String> names) {
        if (directory.level() == visitor.depth()) {
            for (String name : names) {
                if (!visitor.takes(directory.path() + "/" + name)) {
                    return false;
                }
            }
            return true;
        }
        for (int i = names.size() - 1; i >= 0; i--) {
            String path = directory.path() + "/" + names.get(i);
            if (visitor.enters(directory.level(), path)) {
                pending.push(new Directory(path, directory.level() + 1));
            }
        }
        return true;
    }
}
