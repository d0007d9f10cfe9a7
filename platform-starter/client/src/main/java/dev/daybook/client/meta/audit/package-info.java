/** What the auditor tells of itself, as a record above whatever metadata service keeps it. */
@NullMarked
package dev.daybook.client.meta.audit;

import org.jspecify.annotations.NullMarked;
