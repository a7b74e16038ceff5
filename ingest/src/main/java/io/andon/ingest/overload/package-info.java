/** What ingest does when the job lags: it sends fewer frames, of all cameras alike. */
@NullMarked
package io.andon.ingest.overload;

import org.jspecify.annotations.NullMarked;
