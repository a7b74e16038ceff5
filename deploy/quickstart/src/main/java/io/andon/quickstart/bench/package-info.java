/** The whole pipeline behind ingest, measured against the model's own limit in the same run. */
@NullMarked
package io.andon.quickstart.bench;

import org.jspecify.annotations.NullMarked;
