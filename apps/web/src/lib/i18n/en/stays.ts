export const stays = {
  title: 'History of stages',
  stillHere: 'stands here',
  minutes: '{{count}} min',
  hours: '{{count}} h',
  days: '{{count}} d',
  outcomes: { advanced: 'Advanced', 'moved-back': 'Moved back', won: 'Won', lost: 'Lost', 'handed-off': 'Handed off', deleted: 'Deleted' },
}
