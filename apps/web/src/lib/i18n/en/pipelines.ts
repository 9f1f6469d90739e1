export const pipelines = {
  title: 'Pipelines',
  one: 'Pipeline',
  first: 'Sales',
  former: 'Former pipeline',
  formerStage: 'Former stage',
  stageOf: '{{pipeline}} · {{stage}}',
  kinds: { open: 'Open', won: 'Won', lost: 'Lost' },
  obstacles: {
    'required-field': '{{detail}} is missing.',
    'not-from-here': 'This stage is entered from {{detail}} only.',
    'not-this-role': 'Your role may not move deals to this stage.',
    'stage-full': 'No room: at most {{detail}} deals stand here at once.',
    'open-task': 'First finish the task “{{detail}}”.',
    'stage-retired': 'This stage is being removed: nothing enters it any more.',
  },
}
