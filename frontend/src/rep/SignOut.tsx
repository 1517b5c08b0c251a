import { cookie } from "@/api/http";

/** A form and not a call: the server ends the session and leads to its sign-in page. */
export function SignOut() {
  return (
    <form method="post" action="/auth/logout/">
      <input type="hidden" name="csrfmiddlewaretoken" value={cookie("csrftoken") ?? ""} />
      <button type="submit" className="button quiet">
        Sign out
      </button>
    </form>
  );
}
