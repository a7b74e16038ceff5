/** What an operator may set, as immutable records. */
@NullMarked
package io.andon.ingest.settings;

import org.jspecify.annotations.NullMarked;
