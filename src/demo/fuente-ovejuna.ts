import type { Scene, SceneLine } from './scene.js';
import { speechOfLaurencia } from './speech-of-laurencia.js';

const speakers = [
  { username: 'laurencia', name: 'Laurencia' },
  { username: 'esteban', name: 'Esteban, alcalde' },
  { username: 'frondoso', name: 'Frondoso' },
  { username: 'juez', name: 'El juez' },
  { username: 'niño', name: 'Un niño' },
  { username: 'pascuala', name: 'Pascuala' },
  { username: 'mengo', name: 'Mengo' },
] as const;

type Username = (typeof speakers)[number]['username'];

const spoken: readonly (readonly [Username, string])[] = [
  ['laurencia', 'Dejadme entrar, que bien puedo,\nen consejo de los hombres.\n¿Conocéisme?'],
  ['esteban', '¡Santo cielo!\n¿No es mi hija?'],
  ['laurencia', 'Vengo tal,\nque mi diferencia os pone\nen contingencia quién soy.'],
  ['esteban', '¡Hija mía!'],
  ['laurencia', 'No me nombres\ntu hija.'],
  ['esteban', '¿Por qué, mis ojos?\n¿Por qué?'],
  ['laurencia', speechOfLaurencia],
  ['esteban', 'Yo, hija, no soy de aquellos\nque permiten que los nombres\ncon esos títulos viles.'],
  ['frondoso', '¡Mueran tiranos traidores!'],
  ['mengo', '¡Traidores tiranos mueran!'],
  ['juez', 'Decid la verdad, buen viejo.'],
  ['frondoso', 'Un viejo, Laurencia mía,\natormentan.'],
  ['laurencia', '¡Qué porfía!'],
  ['esteban', 'Déjenme un poco.'],
  ['juez', 'Ya os dejo.\nDecid: ¿quién mató a Fernando?'],
  ['esteban', 'Fuente Ovejuna lo hizo.'],
  ['laurencia', 'Tu nombre, padre, eternizo.'],
  ['frondoso', '¡Bravo caso!'],
  ['juez', 'Ese muchacho\naprieta. Perro, yo sé\nque lo sabes. Di quién fue.\n¿Callas? Aprieta, borracho.'],
  ['niño', 'Fuente Ovejuna, señor.'],
  ['juez', '¡Por vida del rey, villanos,\nque os ahorque con mis manos!\n¿Quién mató al comendador?'],
  ['frondoso', '¡Que a un niño le den tormento\ny niegue de aquesta suerte!'],
  ['laurencia', '¡Bravo pueblo!'],
  ['frondoso', 'Bravo y fuerte.'],
  ['juez', 'Esa mujer al momento\nen ese potro tened.\nDale esa mancuerda luego.'],
  ['laurencia', 'Ya está de cólera ciego.'],
  ['juez', 'Que os he de matar, creed,\nen este potro, villanos.\n¿Quién mató al comendador?'],
  ['pascuala', 'Fuente Ovejuna, señor.'],
  ['juez', '¡Dale!'],
  ['frondoso', 'Pensamientos vanos.'],
  ['laurencia', 'Pascuala niega, Frondoso.'],
  ['frondoso', 'Niegan niños. ¿Qué te espanta?'],
  ['juez', 'Parece que los encantas.\n¡Aprieta!'],
  ['pascuala', '¡Ay, cielo piadoso!'],
  ['juez', '¡Aprieta, infame! ¿Estás sordo?'],
  ['pascuala', 'Fuente Ovejuna lo hizo.'],
  ['juez', 'Traedme aquel más rollizo,\nese desnudo, ese gordo.'],
  ['laurencia', '¡Pobre Mengo! Él es, sin duda.'],
  ['frondoso', 'Temo que ha de confesar.'],
  ['mengo', '¡Ay, ay!'],
  ['juez', 'Comienza a apretar.'],
  ['mengo', '¡Ay!'],
  ['juez', '¿Es menester ayuda?'],
  ['mengo', '¡Ay, ay!'],
  ['juez', '¿Quién mató,\nvillano, al señor comendador?'],
  ['mengo', '¡Ay, yo lo diré, señor!'],
  ['juez', 'Afloja un poco la mano.'],
  ['frondoso', 'Él confiesa.'],
  ['juez', 'Al palo aplica\nla espalda.'],
  ['mengo', 'Quedo; que yo\nlo diré.'],
  ['juez', '¿Quién lo mató?'],
  ['mengo', 'Señor, ¡Fuente Ovejunica!'],
  ['juez', '¿Hay tan gran bellaquería?\nDel dolor se están burlando.'],
  ['juez', 'En quien estaba esperando,\nniega con mayor porfía.\nDejadlos, que estoy cansado.'],
  ['frondoso', '¡Oh, Mengo, bien te haga Dios!\nTemor que tuve de dos,\nel tuyo me le ha quitado.'],
];

const toLine = ([speaker, text]: readonly [Username, string]): SceneLine => ({ speaker, text });

/** From the third act of Lope de Vega's play, printed in 1619: a village is asked who did it, and has one answer. */
export const fuenteOvejuna: Scene = {
  play: 'Fuente Ovejuna',
  author: 'Lope de Vega',
  title: 'Fuente Ovejuna, acto tercero',
  speakers,
  lines: spoken.map(toLine),
};
