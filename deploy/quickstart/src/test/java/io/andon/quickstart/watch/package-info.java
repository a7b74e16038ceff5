/** Checks alerts and dashboards by the real Prometheus. */
@NullMarked
package io.andon.quickstart.watch;

import org.jspecify.annotations.NullMarked;
