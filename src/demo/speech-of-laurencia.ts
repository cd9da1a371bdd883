/** What Laurencia tells the men of the village in the third act, one verse a line. */
export const speechOfLaurencia = `Por muchas razones,
y sean las principales:
porque dejas que me roben
tiranos sin que me vengues,
traidores sin que me cobres.
Aún no era yo de Frondoso,
para que digas que tome,
como marido, venganza;
que aquí por tu cuenta corre;
que en tanto que de las bodas
no haya llegado la noche,
del padre, y no del marido,
la obligación presupone;
que en tanto que no me entregan
una joya, aunque la compren,
no han de correr por mi cuenta
las guardas ni los ladrones.
Llevóme de vuestros ojos
a su casa Fernán Gómez:
la oveja al lobo dejáis,
como cobardes pastores.
¿Qué dagas no vi en mi pecho?
¿Qué desatinos enormes,
qué palabras, qué amenazas,
y qué delitos atroces,
por rendir mi castidad
a sus apetitos torpes?
Mis cabellos, ¿no lo dicen?
¿No se ven aquí los golpes,
de la sangre, y las señales?
¿Vosotros sois hombres nobles?
¿Vosotros, padres y deudos?
¿Vosotros, que no se os rompen
las entrañas de dolor,
de verme en tantos dolores?
Ovejas sois, bien lo dice
de Fuente Ovejuna el nombre.
Dadme unas armas a mí,
pues sois piedras, pues sois bronces,
pues sois jaspes, pues sois tigres…
Tigres no, porque feroces
siguen quien roba sus hijos,
matando los cazadores
antes que entren por el mar
y por sus ondas se arrojen.
Liebres cobardes nacistes;
bárbaros sois, no españoles.
Gallinas, ¡vuestras mujeres
sufrís que otros hombres gocen!
Poneos ruecas en la cinta;
¿para qué os ceñís estoques?
¡Vive Dios, que he de trazar
que solas mujeres cobren
la honra de estos tiranos,
la sangre de estos traidores!`;
