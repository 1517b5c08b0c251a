import { PasswordInput, TextInput } from "@mantine/core";
import type { CrmField } from "@/api/crm";

export type Values = Record<string, string>;

interface CrmFieldsProps {
  fields: readonly CrmField[];
  areSecret: boolean;
  values: Values;
  onChange: (values: Values) => void;
}

/** What a kind of CRM asks for. */
export function CrmFields({ fields, areSecret, values, onChange }: CrmFieldsProps) {
  const Input = areSecret ? PasswordInput : TextInput;
  return fields.map(({ key, label, help, required }) => (
    <Input
      key={key}
      label={label}
      description={help || undefined}
      required={required}
      maxLength={4000}
      autoComplete="off"
      value={values[key] ?? ""}
      onChange={(event) => onChange({ ...values, [key]: event.currentTarget.value })}
    />
  ));
}
