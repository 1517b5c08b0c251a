import { ActionIcon, Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconPhotoDown, IconPrinter } from "@tabler/icons-react";
import type { MapController } from "@/map/MapController";
import type { PictureFacts } from "./composePicture";
import classes from "./PictureMenu.module.css";

interface PictureMenuProps {
  facts: PictureFacts;
  controller: () => MapController | null;
}

/** The map as it is now, with its title, date and legend, as a file or on paper. */
export function PictureMenu({ facts, controller }: PictureMenuProps) {
  const make = async (use: (address: string) => Promise<void>) => {
    const map = controller();
    if (!map) return;
    try {
      const { composePicture, pictureBlob } = await import("./composePicture");
      const address = URL.createObjectURL(await pictureBlob(composePicture(map, facts)));
      await use(address);
      URL.revokeObjectURL(address);
    } catch (error) {
      notifications.show({
        color: "red",
        title: "No picture of the map",
        message:
          error instanceof DOMException && error.name === "SecurityError"
            ? "The background map’s server does not allow its tiles in a picture. Ask for CORS there."
            : String(error),
      });
    }
  };
  return (
    <Menu position="left-start">
      <Menu.Target>
        <ActionIcon variant="default" size={36} aria-label="Picture of the map">
          <IconPhotoDown size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconPhotoDown size={16} />}
          onClick={() => void make((address) => save(address, facts.title))}
        >
          Save as PNG
        </Menu.Item>
        <Menu.Item leftSection={<IconPrinter size={16} />} onClick={() => void make(printPicture)}>
          Print…
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

async function save(address: string, title: string): Promise<void> {
  const link = document.createElement("a");
  link.href = address;
  link.download = `${title.replace(/[^\p{L}\p{N} ,.-]+/gu, " ").trim() || "map"}.png`;
  link.click();
}

/** The page's print rules show nothing but this sheet while it is there. */
async function printPicture(address: string): Promise<void> {
  const sheet = document.createElement("img");
  sheet.className = classes.sheet ?? "";
  sheet.alt = "";
  sheet.src = address;
  document.body.append(sheet);
  try {
    await sheet.decode();
    window.print();
  } finally {
    sheet.remove();
  }
}
