@NullMarked
package io.andon.ingest.gate;

import org.jspecify.annotations.NullMarked;
