/** One emoji: itself, and by what it is found in each language of the page. */
export interface Emoji {
  readonly emoji: string;
  readonly en: string;
  readonly es: string;
}

/** A line an emoji: the emoji, what it is in English, a stroke, what it is in Spanish. */
const lists = {
  faces: `
😀 grinning happy | sonrisa alegre
😄 smiling happy | sonriente feliz
😁 beaming teeth | dientes radiante
😂 tears of joy laughing | risa lágrimas
🤣 rolling laughing | revolcarse risa
😅 sweat relief | sudor alivio
😊 blush warm smile | sonrojo cariño
🙂 slight smile | sonrisa leve
🙃 upside down | al revés
😉 wink | guiño
😍 heart eyes love | ojos corazón amor
🥰 hearts adore | corazones adorar
😘 kiss | beso
😋 yum tasty | rico sabroso
😜 wink tongue joke | lengua broma
🤪 crazy zany | loco
🤗 hug | abrazo
🤭 giggle oops | risita ups
🤫 hush quiet | silencio
🤔 thinking | pensar duda
🤨 raised eyebrow doubt | ceja duda
😐 neutral | neutral
😬 grimace awkward | mueca incómodo
🙄 rolling eyes | ojos en blanco
😏 smirk | sonrisita
😌 relieved calm | alivio calma
😴 sleeping tired | dormir sueño
🤤 drool | baba
😷 mask ill | mascarilla enfermo
🤒 fever ill | fiebre enfermo
🤯 mind blown | alucinar
🥳 party celebrate | fiesta celebrar
😎 cool sunglasses | gafas de sol
🤓 nerd glasses | empollón gafas
😕 confused | confuso
😟 worried | preocupado
😮 surprised wow | sorpresa
😱 scream fear | grito miedo
🥺 pleading please | súplica por favor
😢 sad cry | triste llorar
😭 crying loudly | llanto
😤 huff proud | resoplido
😠 angry | enfado
😡 furious red | furia rojo
🤬 swearing | palabrotas
😇 angel innocent | ángel inocente
🤡 clown | payaso
💀 skull dead | calavera muerto
👻 ghost | fantasma
🤖 robot | robot
💩 poo | caca
`,
  hands: `
👍 thumbs up yes good | pulgar arriba sí bien
👎 thumbs down no bad | pulgar abajo no mal
👏 clapping applause | aplauso
🙌 raised hands hooray | manos arriba hurra
🙏 please thanks pray | por favor gracias rezar
🤝 handshake deal | apretón acuerdo
👋 wave hello bye | saludo hola adiós
✌️ victory peace | victoria paz
🤞 fingers crossed luck | dedos cruzados suerte
👌 okay perfect | vale perfecto
🤌 pinched fingers | dedos juntos
💪 strong muscle | fuerza músculo
👀 eyes looking | ojos mirar
✍️ writing | escribir
🫶 heart hands | manos corazón
🤷 shrug | encogerse de hombros
🤦 facepalm | palmada en la cara
🙋 raising hand question | levantar la mano pregunta
🏃 running hurry | correr prisa
💃 dancing | bailar
`,
  hearts: `
❤️ red heart love | corazón rojo amor
🧡 orange heart | corazón naranja
💛 yellow heart | corazón amarillo
💚 green heart | corazón verde
💙 blue heart | corazón azul
💜 purple heart | corazón morado
🖤 black heart | corazón negro
💔 broken heart | corazón roto
💯 hundred points | cien puntos
✅ check done | hecho listo
❌ cross no | cruz no
❓ question | pregunta
❗ exclamation important | exclamación importante
➕ plus | más
⚠️ warning | aviso cuidado
🔥 fire hot | fuego caliente
✨ sparkles | brillos
⭐ star | estrella
💡 idea light | idea luz
💬 speech talk | bocadillo hablar
🔔 bell | campana
🎯 target bullseye | diana objetivo
`,
  life: `
🐶 dog | perro
🐱 cat | gato
🐭 mouse | ratón
🦊 fox | zorro
🐻 bear | oso
🐼 panda | panda
🐸 frog | rana
🐵 monkey | mono
🙈 see no evil monkey | mono no ver
🦄 unicorn | unicornio
🐝 bee | abeja
🐢 turtle slow | tortuga lento
🐙 octopus | pulpo
🐳 whale | ballena
🌱 seedling plant | brote planta
🌳 tree | árbol
🌸 blossom flower | flor
🌹 rose | rosa
🌈 rainbow | arcoíris
☀️ sun | sol
🌧️ rain | lluvia
❄️ snow cold | nieve frío
🌊 wave sea | ola mar
🌙 moon night | luna noche
`,
  food: `
🍎 apple | manzana
🍋 lemon | limón
🍓 strawberry | fresa
🍇 grapes | uvas
🥑 avocado | aguacate
🍅 tomato | tomate
🥖 bread | pan
🧀 cheese | queso
🍕 pizza | pizza
🍔 burger | hamburguesa
🥘 paella stew | paella guiso
🍣 sushi | sushi
🍰 cake | tarta
🎂 birthday cake | tarta cumpleaños
🍪 cookie | galleta
🍫 chocolate | chocolate
☕ coffee | café
🍵 tea | té
🍺 beer | cerveza
🍷 wine | vino
🥂 cheers toast | brindis salud
`,
  things: `
🎉 party tada | fiesta confeti
🎁 gift | regalo
🎈 balloon | globo
🏆 trophy win | trofeo ganar
🥇 gold medal first | medalla oro primero
⚽ football soccer | fútbol
🏀 basketball | baloncesto
🎮 game | juego
🎵 music note | música nota
🎸 guitar | guitarra
🎨 art paint | arte pintura
📷 camera photo | cámara foto
💻 computer laptop | ordenador portátil
📱 phone | teléfono móvil
📌 pin | chincheta
📎 paperclip | clip
📅 calendar date | calendario fecha
⏰ alarm clock time | despertador hora
✏️ pencil | lápiz
📚 books | libros
🔑 key | llave
🔒 lock | candado
🔧 tool wrench | herramienta llave
🐛 bug | bicho error
🚀 rocket launch | cohete lanzamiento
✈️ plane travel | avión viaje
🚗 car | coche
🚲 bicycle | bicicleta
🏠 house home | casa hogar
🏖️ beach holiday | playa vacaciones
⛰️ mountain | montaña
💰 money | dinero
`,
} as const;

export type EmojiGroup = keyof typeof lists;

/** The emojis to choose from, by group. */
export const emojiGroups = Object.entries(lists).map(([group, lines]) => ({
  group: group as EmojiGroup,
  emojis: lines.trim().split('\n').map(emojiOf),
}));

function emojiOf(line: string): Emoji {
  const [emoji = '', ...words] = line.split(' ');
  const [en = '', es = ''] = words.join(' ').split(' | ');
  return { emoji, en, es };
}

/** The emojis of which a word in some language begins with each word of what is looked for. */
export function emojisFound(search: string): Emoji[] {
  const wanted = folded(search).split(/\s+/).filter(Boolean);
  const all = emojiGroups.flatMap(({ emojis }) => emojis);
  return all.filter(({ emoji, en, es }) => {
    const words = folded(`${en} ${es}`).split(' ');
    return wanted.every((start) => start === emoji || words.some((word) => word.startsWith(start)));
  });
}

function folded(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .toLowerCase();
}
