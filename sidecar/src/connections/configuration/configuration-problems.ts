import { defineProblems } from '../../problem/problem.ts'

export const configurationProblems = defineProblems({
  configuration_syntax: {
    status: 422,
    meaning: 'The file is not YAML.',
    remedy: 'Correct the line that the message names; indentation is by spaces.',
  },
  configuration_key_unknown: {
    status: 422,
    meaning: 'The file has a key that does not exist at that place.',
    remedy: 'Correct the spelling, or remove the key; docs/configuration.md lists every key.',
  },
  configuration_key_missing: {
    status: 422,
    meaning: 'A key that must be there is not.',
    remedy: 'Add the key; docs/configuration.md says what it means.',
  },
  configuration_value_invalid: {
    status: 422,
    meaning: 'A value is not one that its key accepts.',
    remedy: 'Give one of the values that the message names; docs/configuration.md explains them.',
  },
  configuration_name_taken: {
    status: 422,
    meaning: 'Two connections, or two targets, have the same name or short name.',
    remedy: 'Give each a name of its own; names are compared without case.',
  },
  configuration_target_unknown: {
    status: 422,
    meaning: 'A policy names a target that the file does not describe.',
    remedy: 'Use the name or slug of an entry under `targets`.',
  },
  configuration_target_repeated: {
    status: 422,
    meaning: 'A connection has two policies for one target.',
    remedy: 'Keep one policy for each target.',
  },
  configuration_provider_unknown: {
    status: 422,
    meaning: 'A connection names an identity provider that Rollcall does not know.',
    remedy: 'Use one of the providers that the message names.',
  },
  configuration_kind_unknown: {
    status: 422,
    meaning: 'A target names a kind that Rollcall does not know.',
    remedy: 'Use one of the kinds that the message names.',
  },
  configuration_switch_unsupported: {
    status: 422,
    meaning: 'A policy asks for something that its target can never do.',
    remedy: 'Leave the key out for this target, or do what the message names to make it possible.',
  },
  configuration_secret_literal: {
    status: 422,
    meaning: 'A secret stands in the file as plain text.',
    remedy: 'Write a reference: ${NAME_OF_A_VARIABLE}, or file:/path/of/a/file that only the service can read.',
  },
  configuration_slug_reused: {
    status: 409,
    meaning: 'The short name belonged to something that was removed; short names are never used again.',
    remedy: 'Choose another slug.',
  },
  configuration_file_unreadable: {
    status: 422,
    meaning: 'The configuration file cannot be read.',
    remedy: 'Check the path and that the service may read it.',
  },
  configuration_cron_invalid: {
    status: 422,
    meaning: 'The cron expression or the time zone of a schedule is not valid.',
    remedy: 'Use five fields (minute, hour, day, month, weekday) and an IANA time zone such as Europe/Berlin.',
  },
  secret_unresolved: {
    status: 422,
    meaning: 'A secret is a reference to an environment variable or file that does not exist for the service.',
    remedy: 'Set the variable for the service, or create the file so that only the service can read it, and try again.',
  },
  connection_unknown: {
    status: 404,
    meaning: 'There is no connection of this name.',
    remedy: 'The list of connections shows their names and slugs.',
  },
  target_unknown: {
    status: 404,
    meaning: 'There is no target of this name.',
    remedy: 'The list of targets shows their names and slugs.',
  },
})
