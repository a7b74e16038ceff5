/** Health, readiness and metrics over HTTP. */
@NullMarked
package io.andon.ingest.server;

import org.jspecify.annotations.NullMarked;
