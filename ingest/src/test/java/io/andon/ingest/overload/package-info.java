@NullMarked
package io.andon.ingest.overload;

import org.jspecify.annotations.NullMarked;
