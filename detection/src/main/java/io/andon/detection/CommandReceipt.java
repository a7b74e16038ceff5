package io.andon.detection;

/** What became of a command that was handed to a detector. */
public enum CommandReceipt {
  /** It waits for its frame. */
  QUEUED,
  /** A command with this id was accepted before: nothing changes. */
  DUPLICATE,
  /** Too many commands wait for their frames: this one is dropped. */
  QUEUE_FULL
}
