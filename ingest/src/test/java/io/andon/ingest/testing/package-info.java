@NullMarked
package io.andon.ingest.testing;

import org.jspecify.annotations.NullMarked;
