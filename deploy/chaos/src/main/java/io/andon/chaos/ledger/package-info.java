/** What came out of the job, kept to be compared. */
@NullMarked
package io.andon.chaos.ledger;

import org.jspecify.annotations.NullMarked;
