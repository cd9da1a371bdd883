import type { ClientErrorCode, ErrorReason } from '../../../client/index.js';

/** Each with cause and remedy: what was refused, by its code. */
const codes = {
  'error.NETWORK': ['The server cannot be reached. Try again.', 'No se puede llegar al servidor. Inténtalo de nuevo.'],
  'error.UNAUTHENTICATED': ['Your session has ended. Log in again.', 'Tu sesión terminó. Entra de nuevo.'],
  'error.FORBIDDEN': [
    'You may not do that here. Ask somebody who leads the group.',
    'Aquí no puedes hacer eso. Pídelo a quien dirige el grupo.',
  ],
  'error.NOT_FOUND': [
    'That is not here, or no longer. Go back and look again.',
    'Eso no está aquí, o ya no. Vuelve y mira de nuevo.',
  ],
  'error.BAD_USER_INPUT': [
    'Something you filled in is not valid. Check it and try again.',
    'Algo de lo que escribiste no es válido. Revísalo e inténtalo de nuevo.',
  ],
  'error.CONFLICT': ['That is already taken. Choose something else.', 'Eso ya está en uso. Elige otra cosa.'],
  'error.RATE_LIMITED': [
    'That was too often. Wait {wait} and try again.',
    'Fueron demasiadas veces. Espera {wait} y reintenta.',
  ],
  'error.PAYLOAD_TOO_LARGE': ['That is too long to send. Shorten it.', 'Eso es demasiado largo. Acórtalo.'],
  'error.UNAVAILABLE': ['The server is busy. Try again soon.', 'El servidor está ocupado. Reintenta pronto.'],
  'error.INTERNAL': [
    'The server failed. Try again; if it persists, tell the operator.',
    'Falló el servidor. Inténtalo de nuevo; si sigue así, avisa al operador.',
  ],
} as const satisfies Record<`error.${ClientErrorCode}`, readonly [string, string]>;

/** Where one code has several causes. */
const reasons = {
  'reason.ADMINS_ONLY': [
    'Only the owner and the admins may do that. Ask one of them.',
    'Solo el dueño y los administradores pueden hacerlo. Pídelo a uno de ellos.',
  ],
  'reason.AUTHOR_ONLY': [
    'That is not your message. Ask its author, or an admin of the group.',
    'Ese mensaje no es tuyo. Pídelo a su autor o a un administrador del grupo.',
  ],
  'reason.BUSY': [
    'Too many ask at this moment. Try again in a few seconds.',
    'Hay demasiadas peticiones. Reintenta en unos segundos.',
  ],
  'reason.CHAT_CLOSED': [
    'Nothing can be sent here: one of you has blocked the other, or has left Chatset. If you blocked, unblock to write.',
    'Aquí no se puede enviar nada: uno bloqueó al otro o dejó Chatset. Si bloqueaste tú, desbloquea para escribir.',
  ],
  'reason.DATABASE': [
    'The server cannot reach its database. Try again shortly.',
    'El servidor no llega a su base de datos. Reintenta en breve.',
  ],
  'reason.FOREIGN_ORIGIN': [
    'This page has another address than the server. Open the server’s own page.',
    'Esta página tiene otra dirección que el servidor. Abre la página del servidor.',
  ],
  'reason.GROUPS_ONLY': [
    'Only a group has a name and a picture. Create a group for that.',
    'Solo un grupo tiene nombre e imagen. Crea un grupo para eso.',
  ],
  'reason.ID_REUSED': [
    'Another message has gone out with the same number. Discard this one and write it again.',
    'Otro mensaje salió con el mismo número. Descarta este y escríbelo de nuevo.',
  ],
  'reason.MARKED_AS_SPAM': [
    'You marked this conversation as spam. Take the mark away to follow it.',
    'Marcaste esta conversación como spam. Quita la marca para seguirla.',
  ],
  'reason.MESSAGE_REMOVED': [
    'The message has been removed meanwhile, so it cannot be answered or changed. Write a new one.',
    'El mensaje se borró mientras tanto, así que no se puede responder ni cambiar. Escribe otro.',
  ],
  'reason.OWNER_ONLY': [
    'Only the owner of the group may do that. Ask the owner.',
    'Solo el dueño del grupo puede hacerlo. Pídeselo.',
  ],
  'reason.OWNER_STAYS': [
    'The owner stays the owner until it leaves the group.',
    'El dueño sigue siéndolo hasta que sale del grupo.',
  ],
  'reason.PERSON_BLOCKED': [
    'You two have blocked each other, or one the other: unblock the person, or let somebody else add it.',
    'Uno de los dos bloqueó al otro: desbloquea a la persona o que la añada alguien más.',
  ],
  'reason.SITE_ADMINS_ONLY': [
    'Only the site’s admins may do that. Ask one of them.',
    'Solo los administradores del sitio pueden hacerlo. Pídelo a uno de ellos.',
  ],
  'reason.SLOW_READER': [
    'Your connection was too slow to follow. Load the page again.',
    'Tu conexión era demasiado lenta para seguir. Carga la página de nuevo.',
  ],
  'reason.STOPPING': [
    'The server is restarting. Try again in a moment.',
    'El servidor se reinicia. Reintenta en un momento.',
  ],
  'reason.TOO_FAR_BEHIND': [
    'Too much has happened meanwhile. Load the page again.',
    'Pasaron demasiadas cosas mientras tanto. Carga la página de nuevo.',
  ],
  'reason.USERNAME_TAKEN': ['That username is taken. Choose another.', 'Ese usuario ya existe. Elige otro.'],
} as const satisfies Record<`reason.${ErrorReason}`, readonly [string, string]>;

/** What a property of an input must be, by its name. */
const fields = {
  'fault.alias': ['Use 1 to 100 characters on one line.', 'Usa de 1 a 100 caracteres en una línea.'],
  'fault.content': [
    'A message has 1 to 4,000 characters. Shorten it, or send it in parts.',
    'Un mensaje tiene de 1 a 4000 caracteres. Acórtalo o envíalo en partes.',
  ],
  'fault.currentPassword': [
    'The password is wrong. Check it and try again.',
    'La contraseña no es correcta. Revísala e inténtalo de nuevo.',
  ],
  'fault.emoji': [
    'This message cannot take that emoji. Choose one that it already has.',
    'Este mensaje no admite ese emoji. Elige uno que ya tenga.',
  ],
  'fault.image': ['This picture cannot be used. Choose another one.', 'Esta imagen no se puede usar. Elige otra.'],
  'fault.mail': [
    'That is no mail address. Write it like ana@example.org.',
    'Eso no es un correo. Escríbelo como ana@example.org.',
  ],
  'fault.name': [
    'Use 1 to 100 characters that can be seen, on one line.',
    'Usa de 1 a 100 caracteres visibles en una línea.',
  ],
  'fault.newPassword': ['Use 8 to 128 characters.', 'Usa de 8 a 128 caracteres.'],
  'fault.password': ['Use 8 to 128 characters.', 'Usa de 8 a 128 caracteres.'],
  'fault.phone': [
    'Use at most 40 digits, spaces and + ( ) . / # * , ; x - with a digit among them.',
    'Usa como mucho 40 cifras, espacios y + ( ) . / # * , ; x - con alguna cifra.',
  ],
  'fault.profileImage': [
    'This picture cannot be used. Choose another one.',
    'Esta imagen no se puede usar. Elige otra.',
  ],
  'fault.reason': ['Use at most 1,000 characters on one line.', 'Usa como mucho 1000 caracteres en una línea.'],
  'fault.required': ['Fill this in.', 'Rellena este campo.'],
  'fault.search': ['Search with at most 100 characters.', 'Busca con 100 caracteres como mucho.'],
  'fault.title': [
    'Use 1 to 100 characters that can be seen, on one line.',
    'Usa de 1 a 100 caracteres visibles en una línea.',
  ],
  'fault.userId': [
    'This person cannot be taken: choose another, or the group is full.',
    'No se puede tomar a esta persona: elige otra, o el grupo está lleno.',
  ],
  'fault.userIds': [
    'These people cannot be taken: a group holds at most 2,000 members.',
    'No se puede tomar a estas personas: un grupo tiene 2000 miembros como mucho.',
  ],
  'fault.username': [
    'Use 1 to 64 letters of one alphabet, digits and . _ - @ + only. Some names are reserved: choose another then.',
    'Usa de 1 a 64 letras de un alfabeto, cifras y . _ - @ +, nada más. Algunos nombres están reservados: elige otro entonces.',
  ],
} as const;

export const faults = {
  'error.title': ['Something went wrong', 'Algo salió mal'],
  'error.closedTitle': ['This is not open to you', 'Esto no está abierto para ti'],
  ...codes,
  ...reasons,
  ...fields,
} as const;
