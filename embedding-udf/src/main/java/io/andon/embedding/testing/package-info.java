/** Stand-ins for an engine, for tests and fault injection. Not for production. */
@NullMarked
package io.andon.embedding.testing;

import org.jspecify.annotations.NullMarked;
