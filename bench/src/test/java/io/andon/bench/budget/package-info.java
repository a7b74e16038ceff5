@org.jspecify.annotations.NullMarked
package io.andon.bench.budget;
