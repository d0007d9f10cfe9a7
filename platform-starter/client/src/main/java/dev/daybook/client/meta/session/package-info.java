/** What metadata stores that keep a session with their service have in common: threads, failures, registrations. */
@NullMarked
package dev.daybook.client.meta.session;

import org.jspecify.annotations.NullMarked;
