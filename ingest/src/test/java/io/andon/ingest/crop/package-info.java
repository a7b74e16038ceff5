@NullMarked
package io.andon.ingest.crop;

import org.jspecify.annotations.NullMarked;
