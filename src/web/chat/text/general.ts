/** Each text as [English, Spanish]. */
export const general = {
  'app.name': ['Chatset', 'Chatset'],
  'app.tagline': ['Everything said, in order, once.', 'Todo lo dicho, en orden, una vez.'],
  'app.loading': ['Loading', 'Cargando'],
  'app.skip': ['Skip to the conversation', 'Ir a la conversación'],
  'action.cancel': ['Cancel', 'Cancelar'],
  'action.empty': ['Empty the search', 'Vaciar la búsqueda'],
  'action.close': ['Close', 'Cerrar'],
  'action.back': ['Back', 'Volver'],
  'action.save': ['Save', 'Guardar'],
  'action.retry': ['Try again', 'Reintentar'],
  'action.more': ['More actions', 'Más acciones'],
  'state.saved': ['Saved.', 'Guardado.'],
  'state.offline': [
    'No connection. What you write is kept and sent when the server is back.',
    'Sin conexión. Lo que escribas se guarda y se envía cuando vuelva el servidor.',
  ],
  'state.connecting': ['Connecting…', 'Conectando…'],
  'picture.choose': ['Choose picture', 'Elegir imagen'],
  'picture.remove': ['Take picture away', 'Quitar imagen'],
  'picture.unknown': [
    'This file is no picture that the browser knows. Choose a PNG, JPEG or WebP.',
    'Este archivo no es una imagen que el navegador conozca. Elige un PNG, JPEG o WebP.',
  ],
  'presence.ONLINE': ['Online', 'En línea'],
  'presence.AWAY': ['Away', 'Ausente'],
  'presence.OFFLINE': ['Offline', 'Desconectado'],
} as const;
