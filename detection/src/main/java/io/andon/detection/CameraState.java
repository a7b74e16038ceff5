package io.andon.detection;

/** What the detector thinks of its camera. docs/detection.md has a table of what each does. */
public enum CameraState {
  /** Learning what is normal; nothing is scored yet. */
  WARMING_UP,
  /** Nothing unusual. */
  NORMAL,
  /** The frame's score is near the alarm level. */
  SUSPICIOUS,
  /** An incident is open. */
  INCIDENT,
  /** The picture itself is at fault. */
  CAMERA_FAULT,
  /** As normal, but learning was stopped by command. */
  FROZEN,
  /** An incident is open because most of the picture has become another, lasting one. */
  SCENE_CHANGED,
  /** This is the first frame of another embedding space than the baseline's: a warm-up begins. */
  MODEL_CHANGED
}
