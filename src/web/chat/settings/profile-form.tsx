import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { UserUpdateDocument, type UserUpdateInput } from '../../../generated/operations.js';
import { meKey, useMe } from '../session/me.js';
import { useSession } from '../state/hooks.js';
import { useNames } from '../state/names.js';
import { useText } from '../text/text.js';
import { Avatar } from '../ui/avatar.js';
import { Field, valueOf } from '../ui/field.js';
import { Form, FormFault, Submit } from '../ui/form.js';
import { PictureChoice } from '../ui/picture-choice.js';

/** What others see of oneself, and how the site reaches one. */
export function ProfileForm() {
  const { nameOf } = useNames();
  const text = useText();
  const me = useMe();
  const { isSaved, save, touch, keepPicture } = useProfile();
  return (
    <section className="card">
      <h2>{text('settings.profile')}</h2>
      <div className="profile-who">
        <Avatar id={me.id} name={nameOf(me)} image={me.profileImage} size="large" />
        <span>
          <strong dir="auto">{nameOf(me)}</strong>
          <span className="muted">@{me.username}</span>
          <PictureChoice hasPicture={me.profileImage !== null} onChoose={keepPicture} />
        </span>
      </div>
      <Form action={save} onChange={touch}>
        <Field name="name" label={text('field.name')} defaultValue={me.name ?? ''} autoComplete="name" />
        <Field name="mail" type="email" label={text('field.mail')} defaultValue={me.mail ?? ''} autoComplete="email" />
        <Field name="phone" type="tel" label={text('field.phone')} defaultValue={me.phone ?? ''} autoComplete="tel" />
        <FormFault />
        <div className="row-end">
          <span role="status" className="muted grow">
            {isSaved && text('state.saved')}
          </span>
          <Submit>{text('action.save')}</Submit>
        </div>
      </Form>
    </section>
  );
}

function useProfile() {
  const session = useSession();
  const queries = useQueryClient();
  const [isSaved, setSaved] = useState(false);
  const update = async (input: UserUpdateInput): Promise<void> => {
    const { userUpdate } = await session.client.request(UserUpdateDocument, { input });
    queries.setQueryData(meKey, { me: userUpdate.user });
    session.changed(userUpdate.user);
  };
  const save = async (form: FormData): Promise<void> => {
    const [name, mail, phone] = ['name', 'mail', 'phone'].map((field) => valueOf(form, field) || null);
    await update({ name, mail, phone });
    setSaved(true);
  };
  const keepPicture = (profileImage: string | null): Promise<void> => update({ profileImage });
  return { isSaved, save, touch: () => setSaved(false), keepPicture };
}
