package dev.daybook.simulator.meta;

import dev.daybook.client.meta.MetadataStore.Subscription;
import dev.daybook.client.meta.repair.Election;
import dev.daybook.simulator.world.World;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One client's part in the election of the auditor. It hears late of what becomes of its vote. */
final class SimElection implements Election {
    private static final long RETRY_TICKS = 50;

    private final World world;
    private final MetadataService service;
    private final Session session;
    private Optional<VoteListener> listener = Optional.empty();
    private byte[] candidate = {};

    /** Cast in the present session, as far as its answer was heard. */
    private Optional<Long> epoch = Optional.empty();

    private boolean elected;

    SimElection(World world, MetadataService service, Session session) {
        this.world = world;
        this.service = service;
        this.session = session;
    }

    @Override
    public Subscription stand(String name, VoteListener hearing) {
        candidate = name.getBytes(StandardCharsets.UTF_8);
        listener = Optional.of(hearing);
        session.onReplaced(this::onReplaced);
        service.desk()
                .onVotesChanged(() ->
                        world.after(service.delay(), () -> session.client().act(this::look)));
        cast();
        return () -> listener = Optional.empty();
    }

    private void onReplaced() {
        epoch = Optional.empty();
        if (elected) {
            elected = false;
            listener.ifPresent(VoteListener::ended);
        }
        cast();
    }

    private void cast() {
        long number = session.number();
        service.perform(
                "vote",
                session.client(),
                () -> service.desk().isOver(number)
                        ? Optional.<Long>empty()
                        : Optional.of(service.desk().vote(number, candidate)),
                Optional::<Long>empty,
                cast -> {
                    if (number != session.number()) {
                        return;
                    }
                    epoch = cast;
                    if (cast.isPresent()) {
                        look();
                    } else {
                        world.after(
                                RETRY_TICKS,
                                () -> session.client().act(() -> {
                                    if (number == session.number() && epoch.isEmpty()) {
                                        cast();
                                    }
                                }));
                    }
                });
    }

    private void look() {
        if (!elected && epoch.isPresent() && service.desk().isWinner(epoch.get())) {
            elected = true;
            world.saw("sometimes: auditor elected");
            Vote vote = new Vote("vote " + epoch.get(), epoch.get());
            listener.ifPresent(hearing -> hearing.elected(vote));
        }
    }

    @Override
    public CompletableFuture<Optional<byte[]>> winner() {
        return CompletableFuture.completedFuture(service.desk().winner());
    }
}
