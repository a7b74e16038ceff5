-- Incidents of each camera that are over: how many, how long, and the highest score. A redelivery has the same bytes, so
-- DISTINCT drops it. Reads what is there now and ends; without the first and the last option of the table it goes on for ever.
SET 'execution.runtime-mode' = 'batch';

CREATE TABLE incidents (
  `camera` STRING,
  `kind` STRING,
  `incidentId` STRING,
  `revision` INT,
  `first` ROW<`capturedMicros` BIGINT>,
  `current` ROW<`capturedMicros` BIGINT>,
  `peakScore` DOUBLE,
  `channel` STRING,
  `explanation` STRING,
  `ce_id` AS `incidentId` || '.' || CAST(`revision` AS STRING)
) WITH (
  'scan.bounded.mode' = 'latest-offset',
  'connector' = 'kafka',
  'topic' = 'andon.incidents',
  'properties.bootstrap.servers' = '127.0.0.1:19092',
  'properties.isolation.level' = 'read_committed',
  'format' = 'json',
  'scan.startup.mode' = 'earliest-offset'
);

CREATE TEMPORARY VIEW each_once AS
SELECT DISTINCT
  ce_id, camera, kind, peakScore, (`current`.capturedMicros - `first`.capturedMicros) / 1e6 AS seconds
FROM incidents;

SELECT camera, COUNT(*) AS incidents, SUM(seconds) AS seconds, MAX(peakScore) AS peak
FROM each_once
WHERE kind = 'closed'
GROUP BY camera;
