package dev.daybook.core.job;

import dev.daybook.core.effect.Effect;
import dev.daybook.protocol.model.BookieId;

/** Delete the cookie of a bookie on which nothing is left; answered by {@link JobCourse#onCookieGone}. */
public record RemoveCookie(BookieId bookie) implements Effect<JobTraffic> {
    @Override
    public void dispatch(JobTraffic handler) {
        handler.removeCookie(this);
    }
}
