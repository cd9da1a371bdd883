import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.js';
import { describeInBrowser } from '../support/browser.js';
import { actOnChat, messageWith, openChat, write } from './support/chat-page.js';
import type { Guest } from './support/guest.js';
import { World } from './support/world.js';

describeInBrowser('a group', () => {
  let world: World;
  let pages: { ana: Page; leo: Page };
  let mia: Guest;

  beforeAll(async () => {
    world = await World.begin();
    const [ana, leo] = [await world.register('ana', 'Ana Prado'), await world.register('leo', 'Leo Marín')];
    mia = await world.register('mia', 'Mia Okafor');
    pages = { ana: await world.open(ana), leo: await world.open(leo) };
  });
  afterAll(() => world.end());

  it('is created with people, and they are in it at once', async () => {
    await pages.ana.getByRole('button', { name: 'New conversation' }).first().click();
    await pages.ana.getByRole('button', { name: 'New group' }).click();
    await pages.ana.getByLabel('Group name').fill('Harbour walk');
    await pages.ana.getByRole('button', { name: /Leo Marín/ }).click();
    await pages.ana.getByRole('button', { name: 'Create group' }).click();
    await pages.ana.locator('#chat-title', { hasText: 'Harbour walk' }).waitFor();
    await openChat(pages.leo, 'Harbour walk');
    await pages.leo.getByText('Ana Prado created the group').waitFor();
  });

  it('is renamed, and more people come', async () => {
    await pages.ana.getByRole('button', { name: 'Details' }).click();
    await pages.ana.getByRole('button', { name: 'Rename' }).click();
    await pages.ana.getByLabel('Group name').fill('Sunday walk');
    await pages.ana.getByRole('button', { name: 'Save' }).click();
    await pages.leo.locator('#chat-title', { hasText: 'Sunday walk' }).waitFor();
    await pages.ana.getByRole('button', { name: 'Add people' }).click();
    await pages.ana
      .getByRole('dialog')
      .getByRole('button', { name: /Mia Okafor/ })
      .click();
    await pages.ana.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click();
    await pages.ana.getByRole('dialog').waitFor({ state: 'detached' });
    await pages.leo.getByText('Ana Prado added Mia Okafor').waitFor();
    await pages.leo.getByText('3 members').waitFor();
    await pages.ana.getByRole('button', { name: 'Add people' }).click();
    await pages.ana.getByText('Everybody found here is already in').waitFor();
    await pages.ana.getByRole('searchbox', { name: 'Search people', exact: true }).fill('nobody');
    await pages.ana.getByText('Nothing found for “nobody”').waitFor();
    await pages.ana.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  });

  it('has admins who can do more', async () => {
    await pages.leo.getByRole('button', { name: 'Details' }).click();
    expect(await pages.leo.getByRole('button', { name: 'Add people' }).count()).toBe(0);
    await pages.ana.getByRole('button', { name: 'Actions for Leo Marín' }).click();
    await pages.ana.getByRole('menuitem', { name: 'Make admin' }).click();
    await pages.leo.getByRole('button', { name: 'Add people' }).click();
    await pages.leo.getByRole('dialog', { name: 'Add people' }).waitFor();
    await pages.ana.getByRole('button', { name: 'Actions for Leo Marín' }).click();
    await pages.ana.getByRole('menuitem', { name: 'Take admin away' }).click();
    await eventually(async () => expect(await pages.leo.getByRole('button', { name: 'Add people' }).count()).toBe(0));
    await pages.leo.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('tells a member who is removed while looking, and shows nothing more', async () => {
    await write(pages.leo, 'I am still here');
    await pages.ana.getByRole('button', { name: 'Actions for Leo Marín' }).click();
    await pages.ana.getByRole('menuitem', { name: 'Remove from group' }).click();
    await pages.ana.getByRole('dialog', { name: 'Remove Leo Marín?' }).waitFor();
    await pages.ana.getByRole('dialog').getByRole('button', { name: 'Remove from group' }).click();
    await pages.leo.getByText('You are no longer in “Sunday walk”').waitFor();
    await pages.leo.getByText(/An admin of the group can bring you back/).waitFor();
    await eventually(async () => expect(await pages.leo.locator('.row').count()).toBe(0));
    await write(pages.ana, 'Only for us');
    await messageWith(pages.ana, 'Only for us').waitFor();
    expect(await pages.leo.getByText('Only for us').count()).toBe(0);
    await pages.leo.reload();
    await pages.leo.getByText('There is no such conversation here').waitFor();
  });

  it('says who becomes the owner before its owner leaves', async () => {
    await actOnChat(pages.ana, 'Leave group');
    await pages.ana.getByRole('dialog').getByText('Mia Okafor becomes the owner.').waitFor();
    await pages.ana.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  });

  it('is deleted by its owner', async () => {
    const miasPage = await world.open(mia);
    await openChat(miasPage, 'Sunday walk');
    await actOnChat(pages.ana, 'Delete group');
    await pages.ana.getByRole('dialog').getByRole('button', { name: 'Delete group' }).click();
    await miasPage.getByText('“Sunday walk” was deleted').waitFor();
    expect(await miasPage.getByText(/bring you back/).count()).toBe(0);
    await pages.ana.getByText('No conversations yet').waitFor();
  });

  it('is not made up: an address that names nothing says so, and only chats have ids', async () => {
    await pages.ana.goto(`${world.url}/#/chats/xyz`);
    await pages.ana.getByText('There is no such conversation here').waitFor();
    await pages.ana.goto(`${world.url}/#/people/abc`);
    await pages.ana.getByRole('heading', { name: 'People', exact: true }).waitFor();
    await pages.ana.goto(`${world.url}/#/settings/x`);
    await pages.ana.getByRole('heading', { name: 'Settings', exact: true }).waitFor();
    expect(world.complaints).toEqual([]);
  });
});
