/** The columns are generated from the record, so they cannot contradict it. Add yours likewise. */
export const TABLES = [
  `create table if not exists cdrs (
    cdr_key text primary key,
    started_at timestamptz not null,
    record jsonb not null,
    received_at timestamptz not null default now(),
    call_id text not null generated always as (record ->> 'callId') stored,
    type text not null generated always as (record ->> 'type') stored,
    status text not null generated always as (record ->> 'status') stored,
    outcome text not null generated always as (record ->> 'outcome') stored,
    direction text generated always as (record ->> 'direction') stored,
    duration_seconds numeric not null generated always as ((record -> 'durationSeconds')::numeric) stored,
    customer_phone text generated always as (record ->> 'customerPhone') stored,
    agent_extension text generated always as (record ->> 'agentExtension') stored,
    queue_name text generated always as (record #>> '{queue,name}') stored,
    recording_url text generated always as (record ->> 'recordingUrl') stored,
    original_call_id text generated always as (record ->> 'originalCallId') stored
  )`,
  'create index if not exists cdrs_call_id on cdrs (call_id)',
  'create index if not exists cdrs_started_at on cdrs (started_at)',
  `create table if not exists bodies_set_aside (
    digest bytea primary key generated always as (sha256(body)) stored,
    body bytea not null,
    content_type text,
    why text not null,
    received_at timestamptz not null default now()
  )`,
];
